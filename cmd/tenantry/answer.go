package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

// tell asks and prints the answer: as it came with --json, else in words, with tabs between columns.
func tell[T any](cmd *cobra.Command, r *remote, q question, words func(b *strings.Builder, answer *T)) error {
	text, answer, err := ask[T](cmd.Context(), r, q)
	if err != nil {
		return err
	}
	return r.print(cmd.OutOrStdout(), text, func(b *strings.Builder) { words(b, answer) })
}

// ask returns the answer as it came and as a value.
func ask[T any](ctx context.Context, r *remote, q question) ([]byte, *T, error) {
	resp, err := r.send(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, nil, fmt.Errorf("the answer broke off: %w", err)
	}
	answer := new(T)
	if err := json.Unmarshal(text, answer); err != nil {
		return nil, nil, stranger(resp)
	}
	return text, answer, nil
}

// tell asks for something that has no answer but that it is done, and says so.
func (r *remote) tell(cmd *cobra.Command, q question, done string) error {
	resp, err := r.send(cmd.Context(), q)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusNoContent {
		return stranger(resp)
	}
	if r.json {
		return nil
	}
	_, err = fmt.Fprintln(cmd.OutOrStdout(), done)
	return err
}

// print writes the JSON, or the words with their columns aligned.
func (r *remote) print(out io.Writer, text []byte, words func(b *strings.Builder)) error {
	if r.json {
		_, err := fmt.Fprintf(out, "%s\n", strings.TrimSuffix(string(text), "\n"))
		return err
	}
	var b strings.Builder
	words(&b)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.StripEscape)
	if _, err := io.WriteString(table, b.String()); err != nil {
		return err
	}
	return table.Flush()
}

// verbatim keeps tabs in a text from being taken for the end of a column.
func verbatim(text string) string {
	const mark = "\xff" // tabwriter.Escape
	return mark + text + mark
}

// A problem is why the control plane refuses (RFC 9457).
type problem struct {
	Title    string `json:"title"`
	Detail   string `json:"detail"`
	Problems []struct {
		Pointer string `json:"pointer"`
		Detail  string `json:"detail"`
	} `json:"problems"`
}

// refusal turns the answer into one line.
func (r *remote) refusal(resp *http.Response) error {
	var p problem
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if kind != "application/problem+json" || json.NewDecoder(resp.Body).Decode(&p) != nil {
		return stranger(resp)
	}
	if resp.StatusCode == http.StatusUnauthorized {
		if r.token == "" {
			return errors.New("the control plane asks for its token: give it with --control-token or TENANTRY_CONTROL_TOKEN")
		}
		return errors.New("the control plane does not know this token: give the one it was started with by --control-token or TENANTRY_CONTROL_TOKEN")
	}
	return errors.New(p.line())
}

func (p *problem) line() string {
	line := p.Detail
	if line == "" {
		line = p.Title
	}
	for i, part := range p.Problems {
		if strings.Contains(line, part.Detail) && strings.Contains(line, part.Pointer) {
			continue // the detail says it already
		}
		sign := "; "
		if i == 0 {
			sign = ": "
		}
		line += sign + strings.TrimSpace(part.Pointer+" "+part.Detail)
	}
	return strings.Join(strings.Fields(line), " ")
}

// stranger is said of an answer that no control plane gives.
func stranger(resp *http.Response) error {
	return fmt.Errorf("%s answers %s, which is no control plane; give the URL that \"tenantry serve\" announces as such with --control",
		resp.Request.URL.Redacted(), resp.Status)
}

func unreachable(base string, err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		err = failed.Err
	}
	switch {
	case errors.Is(err, context.Canceled):
		return errors.New("interrupted")
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Errorf("no control plane at %s: start it with \"tenantry serve\", or say where it is with --control", base)
	}
	return fmt.Errorf("no answer from the control plane at %s, see --control: %w", base, err)
}
