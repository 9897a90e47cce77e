"""One module a patched thing: `install(session) -> undo`."""
