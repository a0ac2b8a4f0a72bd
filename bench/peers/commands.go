package main

import (
	"fmt"
	"strconv"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

func tenantry(s site) (measure.Command, error) {
	return measure.Command{Path: s.binary, Args: []string{
		"serve", "--listen", s.address(), "--control", fmt.Sprintf("127.0.0.1:%d", s.spare),
	}}, nil
}

// The jars are run as such: the launchers of their packages would only add a node process to wait for and to weigh.

func wiremock(s site) (measure.Command, error) {
	err := s.write("mappings/user.json", wiremockStub(s))
	return measure.Command{Path: "java", Args: []string{
		"-jar", s.module("wiremock", "build", "wiremock-standalone-"+s.version+".jar"),
		"--port", strconv.Itoa(s.port), "--bind-address", "127.0.0.1", "--root-dir", s.dir,
		"--no-request-journal", "--disable-request-logging",
	}}, err
}

func mockserver(s site) (measure.Command, error) {
	err := s.write("init.json", mockserverStub(s))
	return measure.Command{Path: "java", Args: []string{
		"-Dmockserver.localBoundIP=127.0.0.1", "-Dmockserver.logLevel=WARN", "-Dmockserver.disableLogging=true",
		"-jar", s.module("mockserver-node", "mockserver-netty-"+s.version+"-jar-with-dependencies.jar"),
		"-p", strconv.Itoa(s.port), "--init", "init.json",
	}}, err
}

func mockoon(s site) (measure.Command, error) {
	err := s.write("environment.json", mockoonStub(s))
	return measure.Command{Path: "node", Args: []string{
		s.module("@mockoon", "cli", "bin", "run.js"), "start", "--data", "environment.json",
	}}, err
}

func mountebank(s site) (measure.Command, error) {
	err := s.write("imposters.json", mountebankStub(s))
	return measure.Command{Path: "node", Args: []string{
		s.module("mountebank", "bin", "mb"), "--host", "127.0.0.1", "--port", strconv.Itoa(s.spare),
		"--noParse", "--configfile", "imposters.json",
	}}, err
}

// mokapi moves what it serves beside the route, all of it to one port as it does by itself: a second one may run.
func mokapi(s site) (measure.Command, error) {
	stub, err := mokapiStub(s)
	if err == nil {
		err = s.write("openapi.json", stub)
	}
	beside := strconv.Itoa(s.spare)
	return measure.Command{
		Path: s.module(mokapiBinary(), "bin", "mokapi"),
		Args: []string{
			"--providers-file-filename=openapi.json",
			"--api-port=" + beside, "--health-port=" + beside, "--mcp-server-port=" + beside,
		},
	}, err
}

func mokapiWithoutSearch(s site) (measure.Command, error) {
	c, err := mokapi(s)
	c.Args = append(c.Args, "--api-search-enabled=false")
	return c, err
}
