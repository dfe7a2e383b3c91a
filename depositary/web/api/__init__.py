"""The site as data: the API, feeds, subscriptions, and the addresses that programs expect."""
