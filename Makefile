# `make` alone lists the targets.

GO         ?= go
GOFUMPT    := mvdan.cc/gofumpt@v0.12.0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
PLATFORMS  := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

.DEFAULT_GOAL := help
.PHONY: help build demo test test-samba faults hostile soak sbom lint platforms bench golden cover pictures

help:
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

build: ## build bin/dirdesk
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/dirdesk .

demo: ## open a sample company in the terminal; needs nothing but Go
	@$(GO) run . --demo

# The packages that take longest come first, so that none is alone at the end.
test: ## every test that needs nothing but Go
	@./scripts/test.sh $(TESTFLAGS) ./test/... ./cli ./...

test-samba: ## the tests against a real Samba domain; root, Debian or Ubuntu
	@./scripts/test-samba.sh

faults: ## the matrix call x fault x moment of every backend: the verdict against the truth
	@$(GO) test -c -o bin/faults.test ./test/conformance
	@cd test/conformance && ../../bin/faults.test -test.run Faults -faults

hostile: ## the program against servers that are broken or mean harm: time and memory of each
	@$(GO) test ./test/hostile -count=1 -hostile -timeout 30m

soak: ## what a person may do, at random and for long, with faults: SOAK_SEED, SOAK_STEPS
	@SOAK_SEED=$${SOAK_SEED:-$$(date +%s)} SOAK_STEPS=$${SOAK_STEPS:-200} $(GO) test ./test/soak -count=1 -v -timeout 2h

sbom: build ## every module in bin/dirdesk, by its build info; and that a second build is the same; SHORT=short from the same cache
	@$(GO) version -m bin/dirdesk
	@./scripts/same-build.sh $(SHORT)

lint: ## gofumpt, go vet, staticcheck, and that it compiles on every platform
	@echo "gofumpt"
	@unformatted=$$($(GO) run $(GOFUMPT) -l .) || exit 1; \
	if [ -n "$$unformatted" ]; then echo "not formatted (gofumpt -w):"; echo "$$unformatted"; exit 1; fi
	@echo "go vet"
	@$(GO) vet ./...
	@$(GO) vet -tags samba ./...
	@echo "staticcheck"
	@$(GO) run $(STATICCHECK) -tags samba ./...
	@$(GO) build ./...
	@$(GO) run ./tools/platforms $(PLATFORMS)

platforms: ## build for every platform, as for a release; make lint checks the types only
	@for platform in $(PLATFORMS); do \
		echo "build $$platform"; \
		CGO_ENABLED=0 GOOS=$${platform%/*} GOARCH=$${platform#*/} $(GO) build ./... || exit 1; \
	done

bench: ## measure: time and memory per row, bytes per key, requests per walk
	@$(GO) run ./tools/bench

golden: ## write the golden screens and docs/keys.md anew; read the difference
	@./scripts/golden.sh

cover: ## cover.html: which lines the tests run
	@$(GO) test -coverpkg=./... -coverprofile=cover.out ./...
	@$(GO) tool cover -html=cover.out -o cover.html
	@$(GO) tool cover -func=cover.out | tail -n 1

pictures: ## write the pictures in docs/ anew
	@$(GO) run ./tools/pictures
