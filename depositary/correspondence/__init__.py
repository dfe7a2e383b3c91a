"""What leaves the house: letters, notifications, circulations, alerts, and inquiries to missions."""
