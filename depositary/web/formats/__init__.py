"""The status of a treaty as files: calendars, spreadsheets, CSV and JSON."""
