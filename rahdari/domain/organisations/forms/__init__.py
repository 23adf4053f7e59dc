"""What is asked of people and programs about organisations and their licences."""
