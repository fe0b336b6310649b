//! Each rule on the smallest document that shows it, and on its nearest legal neighbour.
