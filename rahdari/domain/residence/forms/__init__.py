"""What is asked at the first steps of residence, and the steps as pages and programs take them."""
