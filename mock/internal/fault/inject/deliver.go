package inject

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/op"
)

// Deliver sends the reply of an exchange as its Delivery says. It blocks while it waits between chunks or stalls, until
// the request's context ends. The error is for the journal: the client has not got the reply whole.
//
// What is to happen to the connection needs one of HTTP/1. Over HTTP/2 the stream is reset instead, by a panic with
// http.ErrAbortHandler; a Cutter is told.
func Deliver(w http.ResponseWriter, r *http.Request, ex *op.Exchange) error {
	if ex.Delivery == nil {
		return send(w, &ex.Reply)
	}
	ctx := r.Context()
	err := deliver(ctx, w, ex)
	if ex.Delivery.End == op.EndStall {
		<-ctx.Done()
	}
	if ex.Delivery.End == op.EndWell && err == nil {
		return nil
	}
	return errors.Join(err, end(w, ex.Delivery.End))
}

// A Cutter is a ResponseWriter without a connection. It makes the end of one up.
type Cutter interface{ Cut(end op.End) }

func send(w http.ResponseWriter, reply *op.Reply) error {
	head(w, reply)
	_, err := w.Write(reply.Body)
	return err
}

func head(w http.ResponseWriter, reply *op.Reply) {
	for name, values := range reply.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(reply.Status)
}

// deliver sends what the delivery lets through. The headers announce the whole body.
func deliver(ctx context.Context, w http.ResponseWriter, ex *op.Exchange) error {
	d, reply := ex.Delivery, &ex.Reply
	if d.Mute {
		return nil
	}
	if mayHaveBody(reply.Status) {
		w.Header().Set("Content-Length", strconv.Itoa(len(reply.Body)))
	}
	head(w, reply)
	if err := flush(w); err != nil {
		return fmt.Errorf("send the headers: %w", err)
	}
	body := reply.Body
	if d.Limit >= 0 {
		body = body[:min(d.Limit, len(body))]
	}
	return pieces(ctx, w, body, d)
}

// pieces sends a body chunk by chunk.
func pieces(ctx context.Context, w http.ResponseWriter, body []byte, d *op.Delivery) error {
	size := d.Chunk
	if size <= 0 {
		size = max(1, len(body))
	}
	n := 0
	for chunk := range slices.Chunk(body, size) {
		if n > 0 {
			if err := det.Wait(ctx, d.Pause); err != nil {
				return fmt.Errorf("wait after %d bytes of the body: %w", n, err)
			}
		}
		_, err := w.Write(chunk)
		if err == nil {
			err = flush(w)
		}
		if err != nil {
			return fmt.Errorf("send the body from byte %d: %w", n, err)
		}
		n += len(chunk)
	}
	return nil
}

// flush sends what was written, where there is a connection to send it through.
func flush(w http.ResponseWriter) error {
	err := http.NewResponseController(w).Flush()
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}

func mayHaveBody(status int) bool {
	return status >= http.StatusOK && status != http.StatusNoContent && status != http.StatusNotModified
}

// errCut says that the reply did not arrive whole, as it was meant.
var errCut = errors.New("the connection was ended by a fault")

// end closes or resets the connection.
func end(w http.ResponseWriter, how op.End) error {
	if c, ok := w.(Cutter); ok {
		c.Cut(how)
		return errCut
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // the documented way to end what is no connection of its own
	}
	if how == op.EndReset {
		conn = abrupt(conn)
	}
	_ = conn.Close() // it is broken on purpose
	return errCut
}

// abrupt is the connection at the bottom, whose Close sends a reset: what was not sent is dropped, and RST takes the
// place of FIN. A TLS connection above would say goodbye first.
func abrupt(conn net.Conn) net.Conn {
	for {
		if c, ok := conn.(interface{ SetLinger(sec int) error }); ok {
			_ = c.SetLinger(0) // without it the connection is closed, which is the next best
			return conn
		}
		inner, ok := conn.(interface{ NetConn() net.Conn })
		if !ok {
			return conn
		}
		conn = inner.NetConn()
	}
}
