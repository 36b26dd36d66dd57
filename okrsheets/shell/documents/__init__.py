"""The JSON documents of the contract: every field is there, null where nothing is known, numbers plain."""
