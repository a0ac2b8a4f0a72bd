package mock

import (
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/store"
)

// WithCommits gives a server with a data file a committer of its own making.
func WithCommits(cfg Config, commits func(store.Engine) *state.Committer) Config {
	cfg.commits = commits
	return cfg
}
