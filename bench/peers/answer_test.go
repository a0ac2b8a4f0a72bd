package main

import (
	"bufio"
	"strings"
	"testing"
)

func TestAnswersAreReadToTheirEnd(t *testing.T) {
	t.Parallel()
	const next = "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"
	for name, tt := range map[string]struct {
		text           string
		status, length int
	}{
		"with a length":              {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, 5},
		"with a length in any case":  {"HTTP/1.1 200 OK\r\ncontent-length:  5\r\nConnection: keep-alive\r\n\r\nhello", 200, 5},
		"in chunks":                  {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n", 200, 15},
		"without a body":             {"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 404, 0},
		"without a reason in words":  {"HTTP/1.1 500\r\nContent-Length: 2\r\n\r\n{}", 500, 2},
		"with a body that has lines": {"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\na\r\n\r\nb", 200, 6},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := bufio.NewReader(strings.NewReader(tt.text + next))
			status, length, err := readAnswer(r)
			if err != nil || status != tt.status || length != tt.length {
				t.Fatalf("readAnswer = %d, %d, %v; want %d, %d", status, length, err, tt.status, tt.length)
			}
			if status, _, err := readAnswer(r); err != nil || status != 204 {
				t.Errorf("the next answer is %d, %v; want 204", status, err)
			}
		})
	}
}

func TestAnswersThatCannotBeCountedAreRefused(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ text, want string }{
		"the connection closes":  {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: Close\r\n\r\n", "closes the connection"},
		"no length":              {"HTTP/1.1 200 OK\r\n\r\n", "how long"},
		"a length of letters":    {"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", `Content-Length is "x"`},
		"a negative length":      {"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", `Content-Length is "-1"`},
		"no answer":              {"<html>\r\n\r\n", "begins with"},
		"a broken chunk":         {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "a chunk begins"},
		"an end inside the head": {"HTTP/1.1 200 OK\r\nContent-", "EOF"},
		"an end inside the body": {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe", "EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := readAnswer(bufio.NewReader(strings.NewReader(tt.text)))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("readAnswer(%q) = %v; want an error with %q", tt.text, err, tt.want)
			}
		})
	}
}
