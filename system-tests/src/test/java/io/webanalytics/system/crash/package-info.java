/**
 * The crash test, after Jepsen's total-queue checker: senders record what became of every attempt, a seeded nemesis
 * breaks whatever can break, and at the end every figure must add up.
 */
package io.webanalytics.system.crash;
