"""What is asked at each step of a demand, and the steps themselves as pages and programs take them."""
