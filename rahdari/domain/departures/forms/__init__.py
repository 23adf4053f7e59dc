"""What is asked at each step of a departure, and the steps as pages and programs take them."""
