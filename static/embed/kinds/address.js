// A desktop that only opens an address: its variables stand in the query, and each contact has a frame of its own.
"use strict";

Panel.start(SignIn.script);
Contact.tell({ query: Panel.query });
