package io.webanalytics.reporting;

import io.webanalytics.reporting.answer.Answer;

/**
 * An answer as a file.
 *
 * @param answer what it holds
 * @param byteOrderMark whether it begins with one, by which Excel knows that it is UTF-8
 */
record CsvFile(Answer answer, boolean byteOrderMark) {}
