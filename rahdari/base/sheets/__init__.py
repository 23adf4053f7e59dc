"""Tables as other people keep them: what a file is, its encoding, its sheet, its lines; the domain says what they mean. Pure."""
