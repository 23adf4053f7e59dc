"""The doors for people: sittings that anyone sees, the roster of the examiner, certificates at the desk."""
