"""Registers as other people keep them: what a file is, its sheet, its columns, its values, what is wrong with each row. Pure."""
