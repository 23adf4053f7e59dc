"""What is asked to open a file, as people and programs tell it."""
