# The daily commands. `make ci` is what decides.
.PHONY: run test race lint fmt generate fuzz bench build ci

run: ## serve the demo world on port 8080
	go run ./cmd/tenantry serve

test:
	go test ./...

race:
	go test -race -shuffle=on ./...

lint:
	.ci/lint run

fmt:
	.ci/lint fmt

generate: ## the OpenAPI document from reference.json and overlay.yaml
	go generate ./...

fuzz: ## every fuzz target for a while; FUZZTIME=1m for longer
	.ci/fuzz $(FUZZTIME)

bench:
	go test -run '^$$' -bench . -benchmem ./...

build: ## the static binary
	.ci/build bin/tenantry

ci:
	bash .ci/run
