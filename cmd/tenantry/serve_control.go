package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"

	"github.com/spf13/pflag"

	"github.com/tenantry/tenantry/mock"
)

// controlFlags are the flags of serve that are about the control plane.
type controlFlags struct {
	address string
	token   string
	hosts   []string
}

func (f *controlFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.address, "control", controlAddress, "address of the control plane; port 0 takes a free one, off removes it")
	flags.StringVar(&f.token, "control-token", "", "token that the control plane asks for; required where other machines can reach it")
	flags.StringArrayVar(&f.hosts, "control-host", nil, "further host name under which the control plane is dialled; may be repeated")
}

func (f *controlFlags) off() bool { return f.address == controlOff }

// check refuses an address at which strangers would find the control plane open.
func (f *controlFlags) check() error {
	if f.off() {
		return nil
	}
	host, _, err := net.SplitHostPort(f.address)
	if err != nil {
		return fmt.Errorf("--control %s: %w; give an address such as %s, or off", f.address, err, controlAddress)
	}
	if f.token == "" && !isLoopback(host) {
		return fmt.Errorf("--control %s can be reached from other machines: set a token with --control-token, or use %s", f.address, controlAddress)
	}
	return nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// open starts to listen. What listens everywhere goes by the names of the loopback too.
func (f *controlFlags) open(ctx context.Context, srv *mock.Server, log *slog.Logger) (service, error) {
	host, _, err := net.SplitHostPort(f.address)
	if err != nil {
		return service{}, fmt.Errorf("--control %s: %w", f.address, err)
	}
	cfg := mock.ControlConfig{Token: f.token, Hosts: f.hosts, Loopback: isLoopback(host), Version: versionText()}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		cfg.Loopback = true
	} else {
		cfg.Hosts = append([]string{host}, f.hosts...)
	}
	handler, err := srv.Control(cfg)
	if err != nil {
		return service{}, fmt.Errorf("make the control plane: %w", err)
	}
	listener, err := listen(ctx, "--control", f.address)
	if err != nil {
		return service{}, err
	}
	return newService(handler, listener, log), nil
}

// controlAt is where a client on this machine finds the control plane.
func controlAt(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		host = addr.String()
	}
	return "http://" + reachable(host, port) + controlBase
}
