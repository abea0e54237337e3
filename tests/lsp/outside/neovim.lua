-- Neovim with the configuration of docs/editors.md, driven as a person would: by keys.
-- nvim -l neovim.lua INIT FILE : a driver, which starts the editor itself and talks to it.

local init, file = arg[1], arg[2]

local editor = vim.fn.jobstart(
  { vim.v.progpath, '--embed', '--headless', '--clean', '-n', '-u', init },
  { rpc = true, cwd = vim.fs.dirname(file) }
)

local function ask(method, ...)
  return vim.rpcrequest(editor, method, ...)
end

--- What a piece of Lua gives in the editor.
local function there(code, ...)
  return ask('nvim_exec_lua', code, { ... })
end

local function keys(text)
  ask('nvim_input', text)
end

local function text()
  return table.concat(ask('nvim_buf_get_lines', 0, 0, -1, true), '\n') .. '\n'
end

local function wait(what, condition)
  local value
  local fine = vim.wait(30000, function()
    value = condition()
    return value
  end, 20)
  if not fine then
    error('waited in vain: ' .. what .. '\n' .. there('return vim.inspect(vim.diagnostic.get(0))'))
  end
  return value
end

local function place(pattern, word)
  there(
    [[
      local pattern, word = ...
      vim.fn.cursor(1, 1)
      assert(vim.fn.search(pattern) > 0, 'nothing like ' .. pattern)
      assert(vim.fn.search('\\V' .. word, 'c', vim.fn.line('.')) > 0, 'no ' .. word)
    ]],
    pattern,
    word
  )
end

local function findings()
  return there([[
    return vim.tbl_map(function(it) return it.code end, vim.diagnostic.get(0))
  ]])
end

local function passed(what)
  io.stdout:write('passed: ' .. what .. '\n')
  io.stdout:flush()
end

ask('nvim_command', 'edit ' .. vim.fn.fnameescape(file))
local original = text()

wait('the server attaches', function()
  return there([[
    local clients = vim.lsp.get_clients({ bufnr = 0, name = 'quell' })
    return #clients == 1 and clients[1].initialized == true
  ]])
end)
passed('attaches')

-- A misspelt call brings a finding, taking it back takes the finding away.
place([[step latency =]], 'duration')
keys('ciwdurations<Esc>')
wait('a finding', function()
  return vim.tbl_contains(findings(), 'unknown-item')
end)
keys('u')
wait('no error', function()
  return there([[return #vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR }) == 0]])
end)
passed('findings come and go')

-- Completion after a dot, chosen from the menu.
place([[step revisions =]], 'step')
keys('ostep seen = kubernetes.<C-x><C-o>')
wait('a menu', function()
  return ask('nvim_call_function', 'pumvisible', {}) == 1
end)
local words = there([[
  return vim.tbl_map(function(it) return it.abbr ~= '' and it.abbr or it.word end, vim.fn.complete_info({ 'items' }).items)
]])
assert(vim.iter(words):any(function(word) return vim.startswith(word, 'deployment') end), vim.inspect(words))
keys('<C-e><Esc>u')
wait('the text as it was', function() return text() == original end)
passed('completes')

-- What `K` shows.
place([[step latency =]], 'duration')
keys('K')
local hover = wait('a window', function()
  return there([[
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true), '\n')
      end
    end
    return false
  ]])
end)
assert(hover:find('Duration'), hover)
keys('<Esc>jk')
passed('explains')

-- To the definition, which is in the standard library, and back.
place([[step latency =]], 'duration')
there('vim.lsp.buf.definition()')
wait('another file', function()
  return vim.endswith(ask('nvim_buf_get_name', 0), 'prometheus.quell')
end)
ask('nvim_command', 'buffer ' .. vim.fn.fnameescape(file))
passed('goes to definitions')

-- A step gets another name, in the playbook and in its scenarios.
place([[step latency =]], 'latency')
there([[vim.lsp.buf.rename('slowest')]])
local renamed = wait('the new name', function()
  local now = text()
  return now:find('step slowest =') and now:find('given slowest returns') and now
end)
assert(not renamed:find('given latency returns'), 'a scenario has the old name')
wait('no error after it', function()
  return there([[return #vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR }) == 0]])
end)
passed('renames')

-- A messy line is laid out as it was.
place([[step slowest =]], 'step')
keys('I    <Esc>:s/ = /=/<CR>')
wait('a mess', function() return text() ~= renamed end)
there('vim.lsp.buf.format({ async = false, timeout_ms = 30000 })')
assert(text() == renamed, 'the layout differs')
passed('formats')

there('vim.lsp.inlay_hint.enable(true)')
wait('hints', function()
  return there('return #vim.lsp.inlay_hint.get({ bufnr = 0 }) > 0')
end)
passed('shows hints')

place([[step slowest =]], 'slowest')
wait('colours', function()
  return there([[
    local tokens = vim.lsp.semantic_tokens.get_at_pos() or {}
    return #tokens > 0 and tokens[1].type ~= ''
  ]])
end)
passed('colours by meaning')

ask('nvim_command', 'set hidden')
there([[
  for _, client in ipairs(vim.lsp.get_clients()) do client:stop() end
]])
wait('the server ends', function()
  return there('return #vim.lsp.get_clients() == 0')
end)
passed('ends')
vim.fn.jobstop(editor)
