"""How faithful a transcription is to its source: quotes found in the text and in the scan."""
