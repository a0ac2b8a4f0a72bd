package main

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// journalEntry is what commands show of an entry of the journal.
type journalEntry struct {
	N         int64    `json:"n"`
	Operation string   `json:"operation"`
	Method    string   `json:"method"`
	Path      string   `json:"path"`
	Time      string   `json:"time"`
	WorldTime string   `json:"world_time"`
	Duration  int64    `json:"duration_us"`
	State     string   `json:"state"`
	Delivered *bool    `json:"delivered"`
	Tenants   []string `json:"tenants"`
	Actor     struct {
		Kind  string `json:"kind"`
		ID    string `json:"id"`
		Login string `json:"login"`
		Via   string `json:"via"`
	} `json:"actor"`
	Request  journalMessage `json:"request"`
	Response journalMessage `json:"response"`
	Findings []finding      `json:"findings"`
	Warnings []finding      `json:"warnings"`
	Cause    string         `json:"cause"`
	Reason   string         `json:"reason"`
	Faults   []struct {
		Rule  string  `json:"rule"`
		Kind  string  `json:"kind"`
		Index int64   `json:"index"`
		Drawn float64 `json:"drawn"`
	} `json:"faults"`
}

type journalMessage struct {
	Status    int                 `json:"status"`
	Headers   map[string][]string `json:"headers"`
	Query     url.Values          `json:"query"`
	Body      string              `json:"body"`
	Size      int64               `json:"size"`
	Truncated bool                `json:"truncated"`
	Binary    bool                `json:"binary"`
}

type finding struct{ In, Pointer, Reason string }

// columns is the line of a list: number, time of day, status, method, path, operation, actor, notes.
func (e *journalEntry) columns(sep string) string {
	return strings.Join([]string{
		strconv.FormatInt(e.N, 10), timeOfDay(e.Time), e.status(), e.Method, e.Path, dash(e.Operation), e.actor(), e.notes(),
	}, sep)
}

// timeOfDay is the part of an RFC 3339 time that tells the entries of a list apart, as long for one as for another.
func timeOfDay(text string) string {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return t.Format("15:04:05.000")
}

func (e *journalEntry) status() string {
	if e.State == "in_flight" {
		return "…"
	}
	return strconv.Itoa(e.Response.Status)
}

func dash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

func (e *journalEntry) actor() string {
	if e.Actor.Login != "" {
		return e.Actor.Kind + " " + e.Actor.Login
	}
	return strings.TrimSpace(e.Actor.Kind + " " + e.Actor.ID)
}

// notes are the gate of a refusal and the faults.
func (e *journalEntry) notes() string {
	var list []string
	if e.Cause != "" {
		list = append(list, e.Cause)
	}
	for _, f := range e.Faults {
		list = append(list, "fault "+f.Rule)
	}
	if len(e.Warnings) > 0 {
		list = append(list, fmt.Sprintf("warnings: %d", len(e.Warnings)))
	}
	return dash(strings.Join(list, ", "))
}

// describe is what journal show prints: what is known of the request, then both messages.
func (e *journalEntry) describe(b *strings.Builder) {
	fmt.Fprintf(b, "entry\t%d\noperation\t%s\nactor\t%s\n", e.N, dash(e.Operation), e.actor())
	fmt.Fprintf(b, "time\t%s\nin the sandbox\t%s\n", e.Time, e.WorldTime)
	if e.State != "in_flight" {
		fmt.Fprintf(b, "decided after\t%d µs\n", e.Duration)
	}
	if e.Delivered != nil && !*e.Delivered {
		b.WriteString("delivered\tno\n")
	}
	if e.Cause != "" {
		fmt.Fprintf(b, "refused by\t%s\nbecause\t%s\n", e.Cause, e.Reason)
	}
	for _, f := range e.Faults {
		fmt.Fprintf(b, "fault\t%s (%s), match %d, drawn %.3f\n", f.Rule, f.Kind, f.Index, f.Drawn)
	}
	for _, f := range e.Findings {
		fmt.Fprintf(b, "violation\t%s %s %s\n", f.In, f.Pointer, f.Reason)
	}
	for _, f := range e.Warnings {
		fmt.Fprintf(b, "warning\t%s %s %s\n", f.In, f.Pointer, f.Reason)
	}
	e.messages(b)
}

func (e *journalEntry) messages(b *strings.Builder) {
	path := e.Path
	if len(e.Request.Query) > 0 {
		path += "?" + e.Request.Query.Encode()
	}
	fmt.Fprintf(b, "\n> %s %s\n", e.Method, path)
	e.Request.describe(b, "> ")
	if e.State == "in_flight" {
		b.WriteString("\nnot answered yet\n")
		return
	}
	fmt.Fprintf(b, "\n< %d\n", e.Response.Status)
	e.Response.describe(b, "< ")
}

func (m *journalMessage) describe(b *strings.Builder, mark string) {
	for _, name := range sorted(m.Headers) {
		for _, value := range m.Headers[name] {
			b.WriteString(mark + verbatim(name+": "+value) + "\n")
		}
	}
	switch {
	case m.Binary:
		fmt.Fprintf(b, "%s(%d bytes that are no text)\n", mark, m.Size)
	case m.Truncated:
		fmt.Fprintf(b, "%s%s… (%d bytes)\n", mark, verbatim(m.Body), m.Size)
	case m.Body != "":
		b.WriteString(mark + verbatim(m.Body) + "\n")
	}
}
