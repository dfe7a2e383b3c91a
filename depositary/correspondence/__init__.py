"""What the house sends: letters, notifications, circulations, alerts, and inquiries to missions."""
