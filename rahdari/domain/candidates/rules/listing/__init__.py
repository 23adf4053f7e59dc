"""Lists of people as training centres keep them: what a column holds, what a row says, what is wrong with it. Pure."""
