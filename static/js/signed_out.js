// Whoever signs in next on this computer finds nothing of what was looked up before: a session may also have run out.
try {
  sessionStorage.clear();
} catch {
  // Where there is no storage, nothing was kept.
}
