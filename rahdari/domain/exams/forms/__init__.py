"""What is asked at each step of an exam, and the steps themselves as pages and programs take them."""
