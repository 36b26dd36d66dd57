"""What can be asked of okrsheets. An order takes a store and a day; it knows no concrete store and no clock."""
