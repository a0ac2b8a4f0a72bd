package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing/fstest" //nolint:depguard // a file system of a few named files: the library has it for tests, but nothing else

	"github.com/spf13/pflag"

	"github.com/tenantry/tenantry/contracttest"
	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/contracttest/run"
	"github.com/tenantry/tenantry/openapi"
	"github.com/tenantry/tenantry/scenarios"
)

// scenarioFlags say what is replayed, and how.
type scenarioFlags struct {
	files    []string
	tags     []string
	only     []string
	parallel int
	failFast bool
}

func (f *scenarioFlags) register(flags *pflag.FlagSet) {
	flags.StringArrayVar(&f.tags, "tag", nil, "only scenarios with this tag; may be repeated")
	flags.StringArrayVar(&f.only, "only", nil, "only this scenario, file or workflow; may be repeated")
	flags.IntVar(&f.parallel, "parallel", defaultParallel, "scenarios at a time")
	flags.BoolVar(&f.failFast, "fail-fast", false, "begin no further scenario after one that did not pass")
}

// defaultParallel keeps a small machine and a real cloud calm.
const defaultParallel = 4

// A scenarioSet is what a command replays, read and checked once.
type scenarioSet struct {
	documents []*arazzo.Document
	plan      *run.Runner // of what the flags pick; it has no target, and says what there is
}

// open reads the files, before anything is sent.
func (f *scenarioFlags) open() (*scenarioSet, error) {
	if f.parallel < 1 {
		return nil, fmt.Errorf("--parallel %d: give 1 or more", f.parallel)
	}
	files, err := f.find()
	if err != nil {
		return nil, err
	}
	operations, err := openapi.Load()
	if err != nil {
		return nil, err
	}
	documents, err := contracttest.Load(files, operations)
	if err != nil {
		return nil, err
	}
	picked := run.Config{Documents: documents, Operations: operations, Clock: contracttest.WallClock{}, Tags: f.tags, Only: f.only}
	plan := run.New(picked)
	if len(plan.Scenarios()) == 0 {
		return nil, contracttest.NothingSelected(picked)
	}
	return &scenarioSet{documents, plan}, nil
}

// find finds the files: those that were named, those of folders that were named, or the embedded ones.
func (f *scenarioFlags) find() (fs.FS, error) {
	if len(f.files) == 0 {
		return scenarios.FS(), nil
	}
	found := fstest.MapFS{}
	for _, name := range f.files {
		if err := gather(found, name); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// gather takes a file, or all scenario files of a folder, under the names that the user would use.
func gather(into fstest.MapFS, name string) error {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: there is no such scenario file or folder; without one the embedded scenarios are replayed", name)
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		into[filepath.ToSlash(filepath.Clean(name))] = &fstest.MapFile{Data: text}
		return nil
	}
	return filepath.WalkDir(name, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !isYAML(path) {
			return err
		}
		return gather(into, path)
	})
}

func isYAML(path string) bool {
	switch filepath.Ext(path) {
	case ".yaml", ".yml":
		return true
	}
	return false
}

// needs tells what the embedded scenarios ask for and was not given, once instead of for each of them.
func (f *scenarioFlags) needs(inputs map[string]any) error {
	if _, given := inputs["tenant_id"]; !given && len(f.files) == 0 {
		return errors.New("--tenant is missing: the embedded scenarios need the id of a tenant to look at")
	}
	return nil
}

func (f *scenarioFlags) apply(cfg *contracttest.Config, s *scenarioSet) {
	cfg.Documents, cfg.Tags, cfg.Only = s.documents, f.tags, f.only
	cfg.Parallel, cfg.FailFast = f.parallel, f.failFast
}
