package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// followFlags are the flags of journal follow.
type followFlags struct {
	after int64
	count int64
}

func newJournalFollow(r *remote) *cobra.Command {
	var f followFlags
	cmd := &cobra.Command{Use: "follow", Short: "Print requests as they come", Args: cobra.NoArgs}
	m := newMatching(cmd.Flags())
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		q := r.about(http.MethodGet, "journal", "stream")
		q.query = m.parameters()
		if cmd.Flags().Changed("after") {
			q.query.Set("after", strconv.FormatInt(f.after, 10))
		}
		resp, err := r.send(cmd.Context(), q)
		if err != nil {
			return err
		}
		defer func() { _ = resp.Body.Close() }()
		s := &stream{in: bufio.NewReader(resp.Body), cmd: cmd, json: r.json, left: f.count}
		return s.follow()
	}
	cmd.Long = "Prints a line for each request, until it is interrupted: at once, with … as its status, when the answer takes time,\n" +
		"and again when it is answered. It begins with what comes next, or after an entry."
	cmd.Flags().Int64Var(&f.after, "after", 0, "number of an entry: begin with what came after it (0: with the first)")
	cmd.Flags().Int64Var(&f.count, "count", 0, "end after so many answered requests (0: never)")
	return cmd
}

// A stream is a response of server-sent events.
type stream struct {
	in   *bufio.Reader
	cmd  *cobra.Command
	json bool
	left int64
}

// follow prints events until there were enough, the stream ends or the command is interrupted.
func (s *stream) follow() error {
	for {
		kind, data, err := s.event()
		switch {
		case s.cmd.Context().Err() != nil:
			return nil // Ctrl-C is how it is meant to end
		case err != nil:
			return fmt.Errorf("the server ended the stream: it has stopped, or the sandbox is gone: %w", err)
		}
		done, err := s.print(kind, data)
		if err != nil || done {
			return err
		}
	}
}

// event reads up to the empty line that ends an event.
func (s *stream) event() (kind string, data string, err error) {
	for {
		line, err := s.in.ReadString('\n')
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF // no stream ends by itself
		}
		if err != nil {
			return "", "", err
		}
		name, value, _ := strings.Cut(strings.TrimRight(line, "\r\n"), ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case name == "event":
			kind = value
		case name == "data":
			data += value
		case name == "" && value == "" && data != "":
			return kind, data, nil
		}
	}
}

// print writes one event. It is done when enough requests were answered.
func (s *stream) print(kind, data string) (done bool, err error) {
	var e struct {
		journalEntry
		Evicted int64 `json:"evicted"`
	}
	if err := json.Unmarshal([]byte(data), &e); err != nil {
		return false, fmt.Errorf("read the stream: %w", err)
	}
	switch {
	case s.json:
		_, err = fmt.Fprintln(s.cmd.OutOrStdout(), data)
	case kind == "evicted":
		note(s.cmd, "%d entries were given up before they could be shown", e.Evicted)
	default:
		_, err = fmt.Fprintln(s.cmd.OutOrStdout(), e.columns("  "))
	}
	if kind != "evicted" && e.State == "complete" {
		s.left--
		done = s.left == 0
	}
	return done, err
}
