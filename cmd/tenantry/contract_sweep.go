package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/tenantry/tenantry/contracttest"
	"github.com/tenantry/tenantry/contracttest/sweep"
)

// sweepUp removes what earlier runs left below the tenant, after it has asked.
func (f *contractFlags) sweepUp(ctx context.Context, in io.Reader, out io.Writer) error {
	at := f.target
	at.control = controlOff // a sandbox of the run's own would hold nothing
	if at.tenant == "" || !at.allowWrites {
		return errors.New("--sweep needs --allow-writes and --tenant: the tenant below which earlier runs made things")
	}
	t, err := at.open(ctx)
	if err != nil {
		return err
	}
	c := t.config
	cfg := sweep.Config{Target: c.Target, Tenant: at.tenant, RunID: at.runID, Client: t.client, Clock: contracttest.WallClock{}, Token: t.tokens()}
	found, err := sweep.Find(ctx, cfg)
	if err != nil {
		return err
	}
	for _, o := range found {
		if _, err := fmt.Fprintln(out, o); err != nil {
			return err
		}
	}
	if len(found) == 0 {
		_, err := fmt.Fprintln(out, "earlier runs left nothing")
		return err
	}
	if !f.yes && !agreed(in, out, len(found)) {
		return errors.New("nothing was removed; --yes removes it without asking")
	}
	if err := sweep.Remove(ctx, cfg, found); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "removed %d\n", len(found))
	return err
}

// agreed asks; whoever cannot be asked has not agreed.
func agreed(in io.Reader, out io.Writer, n int) bool {
	if _, err := fmt.Fprintf(out, "Remove these %d, with everything in them? [y/N] ", n); err != nil {
		return false
	}
	answer, _ := bufio.NewReader(in).ReadString('\n') // the end of the input is an answer too
	return strings.EqualFold(strings.TrimSpace(answer), "y")
}
