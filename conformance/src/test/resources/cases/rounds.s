 .text
 .globl go_round
 .type go_round, @function
go_round:
 xorl %eax, %eax
 jmp rounds
 .size go_round, .-go_round
rounds:
 addq %rdi, %rax
 decq %rdi
 jnz rounds
 ret
 .section .note.GNU-stack,"",@progbits
