package io.webanalytics.reporting;

import io.webanalytics.reporting.answer.Answer;

/**
 * An answer to be written as a CSV file.
 *
 * @param answer the content
 * @param byteOrderMark whether the file begins with a byte order mark, by which Excel recognizes UTF-8
 */
record CsvFile(Answer answer, boolean byteOrderMark) {}
