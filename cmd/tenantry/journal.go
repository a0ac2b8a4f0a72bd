package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

func newJournal() *cobra.Command {
	r := &remote{}
	list := newJournalList(r)
	cmd := group("journal", "See what was asked of a sandbox, and why it was refused",
		"The journal has an entry for each request: who asked, what was answered, which check refused it and which fault it met.\n"+
			"Secrets in it are masked. Without a sub-command it lists the last entries.",
		list, newJournalShow(r), newJournalExplain(r), newJournalFollow(r), newJournalClear(r))
	cmd.RunE = list.RunE
	cmd.Example = "  tenantry journal list --status 4xx,5xx\n  tenantry journal explain 7\n  tenantry journal follow --operation 'create*'"
	return newRemote(cmd, r)
}

type journalPage struct {
	Items   []journalEntry `json:"items"`
	Next    int64          `json:"next"`
	Evicted int64          `json:"evicted"`
}

func newJournalList(r *remote) *cobra.Command {
	var last, after, limit int64
	cmd := &cobra.Command{Use: "list", Short: "List requests and their answers", Args: cobra.NoArgs}
	m := newMatching(cmd.Flags())
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := oneOf(cmd, "last", "after"); err != nil {
			return err
		}
		q := r.about(http.MethodGet, "journal")
		q.query = m.parameters()
		if cmd.Flags().Changed("after") {
			q.query.Set("after", strconv.FormatInt(after, 10))
			q.query.Set("limit", strconv.FormatInt(limit, 10))
		} else {
			q.query.Set("newest", "true")
			q.query.Set("limit", strconv.FormatInt(last, 10))
		}
		return tell(cmd, r, q, func(b *strings.Builder, p *journalPage) {
			p.describe(b, cmd.Flags().Changed("after") && int64(len(p.Items)) == limit)
		})
	}
	cmd.Long = "Lists the last entries that match, or page by page all that came after an entry (--after 0: from the first)."
	cmd.Flags().Int64Var(&last, "last", 20, "how many entries")
	cmd.Flags().Int64Var(&after, "after", 0, "number of an entry: those that came after it, in place of the last")
	cmd.Flags().Int64Var(&limit, "limit", 100, "how many entries at most, with --after")
	return cmd
}

func (p *journalPage) describe(b *strings.Builder, more bool) {
	b.WriteString("N\tTIME\tSTATUS\tMETHOD\tPATH\tOPERATION\tACTOR\tNOTES\n")
	for i := range p.Items {
		b.WriteString(p.Items[i].columns("\t") + "\n")
	}
	if p.Evicted > 0 {
		fmt.Fprintf(b, "%d entries of the range were given up; raise --journal-bytes of the server to keep more\n", p.Evicted)
	}
	if more {
		fmt.Fprintf(b, "go on with --after %d\n", p.Next)
	}
}

func newJournalShow(r *remote) *cobra.Command {
	cmd := command("show [N]", "Show one request and its answer", cobra.MaximumNArgs(1), func(cmd *cobra.Command, args []string) error {
		n, err := r.entry(cmd, args, url.Values{}, "the journal is empty")
		if err != nil {
			return err
		}
		return tell(cmd, r, r.about(http.MethodGet, "journal", n), func(b *strings.Builder, e *journalEntry) { e.describe(b) })
	})
	cmd.Long = "Shows entry number N, or the last one."
	return cmd
}

func newJournalExplain(r *remote) *cobra.Command {
	cmd := command("explain [N]", "Say in a sentence why a request was refused, and what would have passed", cobra.MaximumNArgs(1), func(cmd *cobra.Command, args []string) error {
		n, err := r.entry(cmd, args, url.Values{"status": {"4xx,5xx"}}, "no request in the journal was refused")
		if err != nil {
			return err
		}
		q := r.about(http.MethodGet, "journal", n, "explain")
		return tell(cmd, r, q, func(b *strings.Builder, e *struct{ Explanation string }) { fmt.Fprintln(b, e.Explanation) })
	})
	cmd.Long = "Explains entry number N, or the last request that was refused."
	return cmd
}

// entry is the number that the command line names, or that of the last entry of a sort.
func (r *remote) entry(cmd *cobra.Command, args []string, sort url.Values, none string) (string, error) {
	if len(args) == 1 {
		return args[0], nil
	}
	q := r.about(http.MethodGet, "journal")
	q.query = sort
	q.query.Set("newest", "true")
	q.query.Set("limit", "1")
	_, page, err := ask[journalPage](cmd.Context(), r, q)
	switch {
	case err != nil:
		return "", err
	case len(page.Items) == 0:
		return "", errors.New(none)
	}
	return strconv.FormatInt(page.Items[0].N, 10), nil
}

func newJournalClear(r *remote) *cobra.Command {
	return command("clear", "Forget all entries", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		return r.tell(cmd, r.about(http.MethodDelete, "journal"), "the journal of sandbox "+r.sandbox+" is empty")
	})
}

// note writes to standard error what is no part of the output.
func note(cmd *cobra.Command, format string, args ...any) {
	_, _ = io.WriteString(cmd.ErrOrStderr(), "tenantry: "+fmt.Sprintf(format, args...)+"\n") // nobody to tell if it fails
}
