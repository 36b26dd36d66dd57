"""Who okrsheets is to Google: a person who signed in, or an account with a key."""
