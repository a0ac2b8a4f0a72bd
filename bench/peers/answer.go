package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"strconv"
)

// readAnswer reads one HTTP/1.1 answer to its end and returns its status and the length of its body, with or without
// chunks. It keeps nothing: the client has to be lean, because it shares the processors with what it measures. An
// answer after which the connection is closed is an error.
func readAnswer(r *bufio.Reader) (status, length int, err error) {
	line, err := r.ReadSlice('\n')
	if err != nil {
		return 0, 0, err
	}
	status, err = statusOf(line)
	if err != nil {
		return 0, 0, err
	}
	length, err = readHead(r)
	if err != nil {
		return status, 0, err
	}
	if length == chunked {
		length, err = skipChunks(r)
		return status, length, err
	}
	_, err = r.Discard(length)
	return status, length, err
}

func statusOf(line []byte) (int, error) {
	if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
		return 0, fmt.Errorf("an answer begins with %q", line)
	}
	return strconv.Atoi(string(line[9:12]))
}

// chunked is the length of a body that says its length piece by piece; unknown is that of one that does not say it.
const (
	chunked = -1
	unknown = -2
)

// readHead reads the header fields up to the empty line and returns the length that they say.
func readHead(r *bufio.Reader) (int, error) {
	length := unknown
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		value = bytes.TrimSpace(value)
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.Atoi(string(value)); err != nil || length < 0 {
				return 0, fmt.Errorf("a Content-Length is %q", value)
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			length = chunked
		case bytes.EqualFold(name, []byte("Connection")) && bytes.EqualFold(value, []byte("close")):
			return 0, errors.New("it closes the connection after an answer")
		}
	}
	if length == unknown {
		return 0, errors.New("an answer does not say how long it is")
	}
	return length, nil
}

func skipChunks(r *bufio.Reader) (length int, err error) {
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		size, _, _ := bytes.Cut(bytes.TrimSpace(line), []byte(";"))
		n, err := strconv.ParseUint(string(size), 16, 31)
		if err != nil {
			return 0, fmt.Errorf("a chunk begins with %q", line)
		}
		if _, err := r.Discard(int(n) + len("\r\n")); err != nil {
			return 0, err
		}
		if n == 0 {
			return length, nil
		}
		length += int(n)
	}
}
