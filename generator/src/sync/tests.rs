//! Each step of a run is its last once: no file is missing or half, and the next run heals all.
