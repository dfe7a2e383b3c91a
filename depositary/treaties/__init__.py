"""The treaties of the data folder: reads their files, and answers with their status."""
