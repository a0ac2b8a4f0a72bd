package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/tenantry/tenantry/contracttest"
	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/ledger"
)

// keep tells the ledgers what the run has shown: that of the server whose sandbox it used, and the file.
func (f *contractFlags) keep(ctx context.Context, t *contractTarget, r *report.Report) error {
	proofs := contracttest.Proofs(r, ledger.KindOf(t.config.Target, t.plane != nil))
	kept := f.ledger.add(proofs)
	if t.plane == nil || r.Verdict == report.Error { // it may be gone
		return kept
	}
	return errors.Join(kept, t.plane.Record(ctx, proofs))
}

// ledgerFile is the file of --ledger; "" keeps nothing.
type ledgerFile string

func (f *ledgerFile) String() string        { return string(*f) }
func (f *ledgerFile) Set(name string) error { *f = ledgerFile(name); return nil }
func (*ledgerFile) Type() string            { return "string" }

// check refuses a file that is no ledger, or cannot be written, before anything is sent. It leaves the file as it was.
func (f ledgerFile) check() error {
	if f == "" {
		return nil
	}
	if _, err := ledger.Read(string(f)); err != nil {
		return fmt.Errorf("--ledger: %w", err)
	}
	if err := writable(string(f)); err != nil {
		return fmt.Errorf("--ledger: write the ledger: %w", err)
	}
	return nil
}

// add takes in what a run has shown. The file is read again, for another run may have written it meanwhile.
func (f ledgerFile) add(entries []ledger.Entry) error {
	if f == "" {
		return nil
	}
	l, err := ledger.Read(string(f))
	if err != nil {
		return fmt.Errorf("--ledger: %w", err)
	}
	l.Record(entries...)
	if err := l.Write(string(f)); err != nil {
		return fmt.Errorf("--ledger: %w", errors.Join(err, errors.New("what this run has proven is not kept")))
	}
	return nil
}
