// Package console shows a report to people at a terminal or in the log of a CI job, and the progress of a run before that.
//
// It promises that
//   - each scenario has one line with its verdict, and each step that did not pass is shown with file and line, operation,
//     request, and what was expected and found;
//   - nothing but the colours that the caller asked for reaches the terminal as a control sequence, whatever texts the
//     report holds, and every line of a report begins with text of its own, so that a CI system reads no command in it;
//   - a verdict is told by its word, never by its colour alone.
//
// For example:
//
//	p := console.NewProgress(os.Stderr, console.ProgressOptions{Total: 12, Terminal: true})
//	p.Started("tenants")
//	p.Finished(scenario)
//	p.Close()
//	err := console.Write(os.Stdout, rep, console.Options{Colour: true})
//
// It leaves to others: whether the output is a terminal, and whether its user wants colours (NO_COLOR).
package console
