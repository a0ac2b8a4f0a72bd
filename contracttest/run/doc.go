// Package run executes scenarios against a target and says what became of them.
//
//	rep := run.Run(ctx, run.Config{Target: run.Target{BaseURL: "http://127.0.0.1:8080"}, Documents: docs, …})
//
// A scenario is the workflows of one file that depend on each other, directly or not; scenarios run in parallel, the
// workflows of one in the order of their dependencies. A scenario in which a fault or the clock is used runs alone.
//
// Every answer is judged twice: by the criteria of its step, which decide how the workflow goes on, and by the OpenAPI
// document, whose verdict is a finding whatever the step says. While a fault is active, what the document says of an answer
// is a note, and the answer does not count as coverage. A step without criteria wants a status below 400. A criterion that
// fails is a note if a failure action goes on from there, else a violation that ends the workflow.
//
// Package run promises that
//   - nothing is sent for a workflow whose inputs are missing or wrong, that changes the target although writes are not
//     allowed, or that requires what is not there;
//   - cleanups run last first, after success, failure and interruption, in their own time; the steps of one list run in
//     the order in which they are written. A cleanup is known from the first answer of the step that it belongs to (the one
//     of a workflow from its begin), once more if the step creates another object. A step of a cleanup that names a value
//     that is not there has nothing to do and is skipped; without criteria it wants a status below 400, 404 or 410; if it
//     fails, the next ones still run and the scenario is an error;
//   - an interruption lets a request that changes something come to its answer, so that it can be cleaned up;
//   - 429 and 503 with Retry-After are waited for and sent again, within bounds, unless the step wants that status or a
//     fault is active;
//   - what could not be run is an error, never a pass;
//   - no secret is in the report.
//
// Time and waiting are the Clock's. It leaves to others: reading files (arazzo), where the target and its credentials come
// from (contracttest), and showing the report.
package run
