"""What is asked at each step of terms, costs and contract, and the steps as pages and programs take them."""
