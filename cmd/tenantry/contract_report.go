package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-isatty"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/console"
	"github.com/tenantry/tenantry/contracttest/report/coverage"
	"github.com/tenantry/tenantry/contracttest/report/har"
	"github.com/tenantry/tenantry/contracttest/report/html"
	"github.com/tenantry/tenantry/contracttest/report/jsonreport"
	"github.com/tenantry/tenantry/contracttest/report/junit"
	"github.com/tenantry/tenantry/openapi"
)

// A writer writes a report in one form.
type writer func(w io.Writer, r *report.Report, t *coverage.Table) error

// forms are the kinds of --report.
var forms = map[string]writer{
	"junit":    func(w io.Writer, r *report.Report, _ *coverage.Table) error { return junit.Write(w, r) },
	"json":     func(w io.Writer, r *report.Report, _ *coverage.Table) error { return jsonreport.Write(w, r) },
	"html":     func(w io.Writer, r *report.Report, t *coverage.Table) error { return html.Write(w, r, t) },
	"har":      func(w io.Writer, r *report.Report, _ *coverage.Table) error { return har.Write(w, r, versionText()) },
	"coverage": func(w io.Writer, _ *report.Report, t *coverage.Table) error { return coverage.Write(w, t) },
	"markdown": func(w io.Writer, _ *report.Report, t *coverage.Table) error { return coverage.WriteMarkdown(w, t) },
}

// A reportFile is one --report KIND=FILE.
type reportFile struct {
	kind, name string
}

// parseReports refuses what could not be written before anything is sent.
func parseReports(flags []string) ([]reportFile, error) {
	var files []reportFile
	for _, flag := range flags {
		kind, name, ok := strings.Cut(flag, "=")
		if _, known := forms[kind]; !ok || name == "" || !known {
			return nil, fmt.Errorf("--report %q is not of the form KIND=FILE with KIND one of %s", flag, strings.Join(slices.Sorted(maps.Keys(forms)), ", "))
		}
		if err := writable(name); err != nil {
			return nil, fmt.Errorf("--report: %w", err)
		}
		files = append(files, reportFile{kind, name})
	}
	return files, nil
}

// writable tries whether a file can be written, and leaves it as it was.
func writable(name string) error {
	_, err := os.Stat(name)
	absent := errors.Is(err, fs.ErrNotExist)
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	err = f.Close()
	if absent {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// writeReports writes the summary for people, and the files. One that cannot be written does not keep the others back.
func writeReports(out io.Writer, r *report.Report, files []reportFile) error {
	doc, err := openapi.Load()
	if err != nil {
		return err
	}
	table := coverage.Of(r.Coverage, doc, coverage.NotCausable())
	failed := []error{console.Write(out, r, console.Options{Colour: colourful(out), Coverage: table})}
	for _, file := range files {
		failed = append(failed, writeReport(file, r, table))
	}
	return errors.Join(failed...)
}

func writeReport(file reportFile, r *report.Report, t *coverage.Table) error {
	f, err := os.Create(file.name)
	if err != nil {
		return fmt.Errorf("--report: %w", err)
	}
	if err := forms[file.kind](f, r, t); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("--report: %w", err)
	}
	return nil
}

// terminal tells whether a person looks at what is written.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// colourful heeds what the user says to all programs (no-color.org).
func colourful(w io.Writer) bool { return terminal(w) && os.Getenv("NO_COLOR") == "" }
