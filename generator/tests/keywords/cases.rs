//! Small documents that once lost something without a word.
