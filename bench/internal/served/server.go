package served

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

// A Server is a running tenantry serve.
type Server struct {
	*measure.Process
	API     string // base URL of the API, with /api/2
	Control string // base URL of the control plane, without /_mock/v1

	client *http.Client
	token  string
}

// Build builds the command into the folder and is its path. It is called at the top of the repository.
func Build(ctx context.Context, folder string) (string, error) {
	path := filepath.Join(folder, "tenantry")
	if err := measure.Run(ctx, os.Stderr, ".ci/build", path); err != nil {
		return "", fmt.Errorf("build tenantry (start this program at the top of the repository): %w", err)
	}
	return path, nil
}

// Start starts a server with more flags and waits until it is ready.
func Start(ctx context.Context, binary string, flags ...string) (*Server, error) {
	api, err := measure.FreePort()
	if err != nil {
		return nil, err
	}
	control, err := measure.FreePort()
	if err != nil {
		return nil, err
	}
	s := &Server{API: local(api) + "/api/2", Control: local(control), client: newClient()}
	args := append([]string{"serve", "--listen", address(api), "--control", address(control)}, flags...)
	s.Process, err = measure.Start(ctx, measure.Command{Path: binary, Args: args}, measure.Answers(s.Control+"/readyz"))
	return s, err
}

// Stop ends the server and gives the connections to it free.
func (s *Server) Stop() error {
	s.client.CloseIdleConnections()
	return s.Process.Stop()
}

func address(port int) string { return "127.0.0.1:" + strconv.Itoa(port) }

func local(port int) string { return "http://" + address(port) }
