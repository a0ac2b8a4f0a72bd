// Package memnet is a network in memory: a listener whose connections are pipes. A server behind it speaks real HTTP
// and every fault of a connection is one, but no port is taken and no packet leaves the process, so that it works inside
// a testing/synctest bubble too.
package memnet

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
)

// A Network has one server. It is safe for concurrent use.
type Network struct {
	addr   addr
	accept chan net.Conn
	closed chan struct{}
	once   sync.Once
}

// New makes a network whose server has the host's name.
func New(host string) *Network {
	return &Network{addr: addr(host), accept: make(chan net.Conn), closed: make(chan struct{})}
}

// Accept waits for a client.
func (n *Network) Accept() (net.Conn, error) {
	select {
	case c := <-n.accept:
		return c, nil
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

// Close refuses clients from now on. Connections that are open stay.
func (n *Network) Close() error {
	n.once.Do(func() { close(n.closed) })
	return nil
}

// Addr is the host's name.
func (n *Network) Addr() net.Addr { return n.addr }

// Dial connects to the server, whatever the address says. It is fit for http.Transport.DialContext.
func (n *Network) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	fate := &atomic.Bool{}
	select {
	case n.accept <- &serverConn{Conn: far, reset: fate}:
		return &clientConn{Conn: near, reset: fate}, nil
	case <-n.closed:
		return nil, &net.OpError{Op: "dial", Net: "memory", Addr: n.addr, Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

type addr string

func (a addr) Network() string { return "memory" }
func (a addr) String() string  { return string(a) }

// serverConn can be reset as a TCP connection can: with a linger of zero, Close tears it down.
type serverConn struct {
	net.Conn
	abrupt atomic.Bool
	reset  *atomic.Bool
}

// SetLinger is that of net.TCPConn; only zero has a meaning here.
func (c *serverConn) SetLinger(sec int) error {
	c.abrupt.Store(sec == 0)
	return nil
}

func (c *serverConn) Close() error {
	if c.abrupt.Load() {
		c.reset.Store(true)
	}
	return c.Conn.Close()
}

// clientConn sees a reset where the server made one, and not an ordinary end.
type clientConn struct {
	net.Conn
	reset *atomic.Bool
}

func (c *clientConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	return n, c.seen("read", err)
}

func (c *clientConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	return n, c.seen("write", err)
}

func (c *clientConn) seen(op string, err error) error {
	if c.reset.Load() && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrClosedPipe)) {
		return &net.OpError{Op: op, Net: "memory", Err: os.NewSyscallError(op, syscall.ECONNRESET)}
	}
	return err
}
