# Shared by the scripts beside it: installs system packages where the package manager is Debian's.

install_packages() {
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install with your package manager, then try again: $*" >&2
    return 1
  fi
  as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      echo "Please run as root: apt-get install $*" >&2
      return 1
    fi
    as_root="sudo"
  fi
  echo "Installing system packages: $* …"
  $as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
