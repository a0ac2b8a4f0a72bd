package main

import (
	"context"
	"errors"
	"io"
	"net"
	"syscall"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

// forgive takes an error for the product's own failure where it is one: why then says it for the page, and the run goes on
// with what there is of the others. Any other error, a wrong answer among them, ends the run, and so does an interruption.
func (c *comparison) forgive(ctx context.Context, e *entry, err error) (why string, fatal error) {
	if err == nil {
		return "", nil
	}
	if why = failure(err); why == "" || ctx.Err() != nil {
		return "", err
	}
	c.say("%-11s %s: %v", e.title, why, err)
	return why, nil
}

// failure is how a product failed that gave no answer, or nothing where an error is of another kind.
func failure(err error) string {
	var network net.Error
	switch isNetwork := errors.As(err, &network); {
	case errors.Is(err, measure.ErrEnded):
		return "it ended"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nobody listened"
	case isNetwork && network.Timeout():
		return "it did not answer in time"
	case isNetwork, errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "it broke a connection off"
	}
	return ""
}
