package console

import "github.com/tenantry/tenantry/contracttest/report"

// A painter colours texts, or leaves them as they are.
type painter bool

// The colours are of the eight that every terminal has and its user may have chosen.
const (
	red    = "31"
	green  = "32"
	yellow = "33"
	bold   = "1"
	faint  = "2"
)

func (p painter) paint(colour, text string) string {
	if !p || text == "" {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}

// label is a verdict in five characters.
func (p painter) label(v report.Verdict) string {
	switch v {
	case report.Pass:
		return p.paint(green, "PASS ")
	case report.Fail:
		return p.paint(red, "FAIL ")
	case report.Error:
		return p.paint(red, "ERROR")
	case report.Skipped:
		return p.paint(yellow, "SKIP ")
	}
	return p.paint(red, "?    ")
}
