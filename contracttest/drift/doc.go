// Package drift compares what two endpoints answered to the same scenarios, and tells where they differ.
//
// Values that must differ are made alike first: identifiers, times, tokens, versions and the names that carry the run's id;
// lists of objects are put into one order. What is left over is drift: another status, a member that one side lacks, another
// type, another value.
package drift
