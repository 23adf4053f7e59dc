"""What is asked at each step of a case, and the steps themselves as pages and programs take them."""
