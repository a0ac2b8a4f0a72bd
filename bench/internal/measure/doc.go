// Package measure holds what every measuring program needs: a clock, statistics, servers that are started, watched
// and ended, and the words for the machine they ran on.
//
//	p, err := measure.Start(ctx, measure.Command{Path: "bin/tenantry", Args: []string{"serve"}}, measure.Answers(url))
//	defer p.Stop()
//	watch := measure.Begin()
//	…
//	took := watch.Elapsed()
//	memory, err := p.Resident()
//
// Memory and processor time are read from /proc and cover the whole process group, so that a server which is started
// through a launcher counts in full. Where there is no /proc they are an error; the rest works anywhere.
package measure
